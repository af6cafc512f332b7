"""Reading surveys: the questionnaire file, headings and answers as people write them, repeats."""
