"""The forms in which agencies publish: indicators, action plans, achievement reports."""
