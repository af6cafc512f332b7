// Slides stand still (no transitions) and keep their place in the address, so a reload stays put.
Reveal.initialize({
  width: 1280, height: 720, margin: 0, center: false, hash: true, maxScale: 4,
  transition: "none", backgroundTransition: "none", slideNumber: "c/t",
  scrollActivationWidth: 0,
});
