"""Programs for whoever works on the product; none of them is bundled."""
