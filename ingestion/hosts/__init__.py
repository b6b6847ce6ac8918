"""What the code hosts have in common: how they are configured, and what is read of the
texts of a pull request before these are dropped."""
