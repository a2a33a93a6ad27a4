"""What people read of a release: pages made of its tables, without a number that no table has."""
