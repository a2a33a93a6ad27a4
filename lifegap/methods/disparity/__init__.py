"""Summary measures of inequality and segregation."""
