"""What happens at the company's code hosts: which repository is where, the pull
requests behind its changes, and who reviewed them."""
