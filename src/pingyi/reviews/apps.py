from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "pingyi.reviews"
    label = "reviews"
