"""Life tables and what they are made of, gaps of life expectancy, and premature deaths."""
