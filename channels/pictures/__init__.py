"""An author's images as they may be published; shared by the channels that show them."""
