"""Public commitments: proposed, examined, published, kept, checked, appraised (公开承诺)"""
