"""How kernels are started."""

# ipykernel warns on stderr at each start that it listens on TCP; it does so on this machine only.
QUIET = ["--log-level=40"]
