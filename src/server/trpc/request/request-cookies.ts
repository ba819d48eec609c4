/** The cookies of a request by name; the first of equal names counts, and an undecodable value is left as it is. */
export const parseCookies = (header: string | undefined): Record<string, string> => {
	const cookies = new Map<string, string>();
	for (const part of (header ?? "").split(";")) {
		const equals = part.indexOf("=");
		const name = part.slice(0, equals).trim();
		if (equals > 0 && name !== "" && !cookies.has(name)) {
			cookies.set(name, decoded(part.slice(equals + 1).trim()));
		}
	}
	return Object.fromEntries(cookies);
};

const decoded = (value: string): string => {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
};
