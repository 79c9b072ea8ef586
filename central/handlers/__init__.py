"""The kinds of operation central knows, one module each; `registry` lists them."""
