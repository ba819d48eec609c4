/** A browser's side of HTTP: keeps cookies and sends `Origin`, as a page of the server does. */
export interface TestBrowser {
	readonly cookies: Map<string, string>;
	get(path: string, headers?: Record<string, string>): Promise<Response>;
	postJson(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
	postForm(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
	signIn(username: string, password: string): Promise<{ status: number; error: string | null }>;
}

export function createTestBrowser(origin: string): TestBrowser {
	const cookies = new Map<string, string>();
	const send = async (path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> => {
		const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
		const headers = { origin, ...(cookie === "" ? {} : { cookie }), ...init.headers };
		const response = await fetch(new URL(path, origin), { redirect: "manual", ...init, headers });
		for (const line of response.headers.getSetCookie()) {
			keep(cookies, line);
		}
		return response;
	};
	const browser: TestBrowser = {
		cookies,
		get: (path, headers = {}) => send(path, { headers }),
		postJson: (path, body, headers = {}) =>
			send(path, {
				method: "POST",
				body: typeof body === "string" ? body : JSON.stringify(body),
				headers: { "content-type": "application/json", ...headers },
			}),
		postForm: (path, fields, headers = {}) =>
			send(path, {
				method: "POST",
				body: new URLSearchParams(fields).toString(),
				headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
			}),
		signIn: async (username, password) => {
			const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
			const fields = { username, password, deviceName: "test browser", csrfToken, json: "true" };
			const response = await browser.postForm("/api/auth/callback/credentials", fields);
			const { url } = (await response.json()) as { url: string };
			return { status: response.status, error: new URL(url).searchParams.get("error") };
		},
	};
	return browser;
}

function keep(cookies: Map<string, string>, line: string): void {
	const [pair = "", ...attributes] = line.split(";");
	const name = pair.slice(0, pair.indexOf("="));
	const value = pair.slice(pair.indexOf("=") + 1);
	const expires = attributes.map((attribute) => attribute.trim()).find((attribute) => /^expires=/i.test(attribute));
	const isGone = value === "" || (expires !== undefined && Date.parse(expires.slice(8)) <= Date.now());
	if (isGone) {
		cookies.delete(name);
	} else {
		cookies.set(name, value);
	}
}
