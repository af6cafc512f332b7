"""Surveys: what drives an answer."""

from crm_lessons.survey.drivers import Drivers, drivers
from crm_lessons.survey.importance import QUADRANTS, importance_performance
from crm_lessons.survey.shapley import shared_out

__all__ = ["QUADRANTS", "Drivers", "drivers", "importance_performance", "shared_out"]
