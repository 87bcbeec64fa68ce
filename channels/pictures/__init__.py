"""Turns an author's images into images that may be published. Shared by the channels that show them."""
