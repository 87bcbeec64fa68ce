"""Everything that depends on a language: fixed words, how values are recognised, where sentences end, how words are
said."""
