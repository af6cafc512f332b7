// Slides stand still (no transitions) and keep their place in the address, so a reload stays put.
// On a phone a slide is upright, so that its text can be read.
const phone = window.innerWidth < 600;
Reveal.initialize({
  width: phone ? 560 : 1120, height: phone ? 980 : 700, margin: 0.04, center: false, hash: true,
  transition: "none", backgroundTransition: "none", slideNumber: "c/t",
  scrollActivationWidth: 0,
});
