"""The statistical tables: measures, figures with the heads behind them, documents."""
