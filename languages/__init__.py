"""What is known of each language: fixed words, how values are recognised, where sentences end, how words are said."""
