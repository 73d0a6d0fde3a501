"""The pages as people use them: by eye, by ear, by keyboard, without script."""
