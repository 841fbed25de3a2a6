"""Rectification: problems registered, assigned, put right, closed off by the superior"""
