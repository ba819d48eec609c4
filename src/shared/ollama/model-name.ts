/** A name with a tag, as Ollama lists it. */
export const taggedName = (name: string): string => (/:[^/]+$/.test(name) ? name : `${name}:latest`);

/** What Ollama would pass on to somebody else's machines. */
export const isCloudName = (name: string): boolean => /[:-]cloud$/i.test(name);
