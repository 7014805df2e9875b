"""What is wrong between the definitions of a pack, one file a kind of definition. `pack.check` runs them all."""
