"""The words: eleven facets shipped as data, their order (what lies below what), and adequacy lists by date.

Data categories, purposes and the rest carry the identifiers of the W3C Data Privacy Vocabulary 2.3 (`dpv`,
IRIs only) and of the Fides taxonomy, fideslang 3.1.4, CC BY 4.0 (`fides`), so that they can be exchanged.
"""
