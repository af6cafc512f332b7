// Slides stand still (no transitions) and keep their place in the address, so a reload stays put.
Reveal.initialize({
  width: 1120, height: 700, margin: 0.04, center: false, hash: true,
  transition: "none", backgroundTransition: "none", slideNumber: "c/t",
  scrollActivationWidth: 0,
});
