"""Where everything meets: application, window, floor widget, actions, theme, language."""
