/** The few functions used here of jstat, which comes without types. */
declare module 'jstat' {
  const jstat: {
    studentt: { inv(p: number, degreesOfFreedom: number): number };
    binomial: { cdf(k: number, n: number, p: number): number };
    normal: { cdf(x: number, mean: number, deviation: number): number };
    beta: { inv(p: number, alpha: number, beta: number): number };
  };
  export default jstat;
}
