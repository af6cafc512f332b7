"""The page of a lesson, served to one person or to a class; its forms are those of `show.forms`."""
