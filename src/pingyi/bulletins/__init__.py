"""Bulletins: what is made known to members and masses (通报, 公示), approved and published"""
