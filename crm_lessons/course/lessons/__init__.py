"""The exercises of the lessons: ``05_pareto/*.yaml`` the texts, ``05_pareto.py`` the rest."""
