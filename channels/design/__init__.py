"""The look that the channels share: tokens, typefaces, and the colours that follow from a publisher's brand."""
