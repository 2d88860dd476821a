"""Conformance cases for the tensor library, computed with PyTorch."""
