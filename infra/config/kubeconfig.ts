/** Whether a kubeconfig is given by its content, which holds credentials, and not by its path. */
export function isContent(kubeconfig: string): boolean {
  return /[\n{]/.test(kubeconfig);
}
