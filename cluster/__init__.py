"""Publishing beyond one machine: workers of a Dask cluster, a store that machines share, an address to publish to."""
