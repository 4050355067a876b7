/** To be shown wherever results of a simulated account are. A file of its own, so that views need not load the provider. */
export const simulatedBanner = 'AWS is simulated: this proves configuration, dependencies and order, not the behaviour of AWS. No request leaves this machine.';
