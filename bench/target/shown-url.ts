/** Values of a query that tell nothing: an amount, or a switch. */
const harmless = /^(?:\d{1,4}|true|false)$/;
const hidden = '***';

/**
 * A URL as it may be written down: `***` stands for a user and password, and for every value in the query that is not
 * a number of at most four digits, true or false. What a path says is shown.
 *
 * @param url absolute, or relative as a redirection may have it.
 */
export function shownUrl(url: string): string {
  const [, origin = '', credentials = '', rest = ''] =
    /^((?:[a-z][a-z\d+.-]*:)?\/\/)([^/?#]*@)?(.*)$/is.exec(url) ?? [];
  const [, path = '', query] = /^([^?#]*)(?:\?([^#]*))?/s.exec(origin === '' ? url : rest) ?? [];
  const shown = query === undefined || query === '' ? '' : `?${query.split('&').map(shownParameter).join('&')}`;
  return `${origin}${credentials === '' ? '' : `${hidden}@`}${path}${shown}`;
}

/** A parameter without a value may be a secret itself. */
function shownParameter(parameter: string): string {
  const equals = parameter.indexOf('=');
  if (equals < 0) return hidden;
  const value = parameter.slice(equals + 1);
  return `${parameter.slice(0, equals)}=${harmless.test(value) ? value : hidden}`;
}
