"""What a build knows: objects and views in the environment, and what it makes anew."""
