"""English: turns what is written into typed values and what is said. The words are made before any voice gets them."""
