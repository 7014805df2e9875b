"""The web application: pages made from the pack's definitions. Asks the ledger and the rules; decides nothing."""
