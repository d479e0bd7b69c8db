"""The node itself: packages, the timer that comes back to it, its neighbours."""
