import type { Environment } from "../../../env.ts";
import { ownModelPolicy } from "./own-model-policy.ts";

/** What holds for an answer, by the address that was asked for. */
export function headersByAddress(settings: HeaderSettings): (url: string) => Readonly<Record<string, string>> {
	const usual = securityHeaders(settings);
	return (url) => {
		const policy = ownModelPolicy(url);
		return policy === undefined ? usual : { ...usual, "Content-Security-Policy": policy };
	};
}

type HeaderSettings = Pick<Environment, "mode" | "publicOrigin">;

/**
 * What a browser may do with anything this server answers: run and load what comes from this origin, and nothing else.
 * Scripts cannot be made from text (Trusted Types): `nextjs` and `nextjs#bundler` are the policies by which the framework
 * names its own files, `default` is src/client/security's, which lets only those through.
 */
function securityHeaders(settings: HeaderSettings): Readonly<Record<string, string>> {
	return {
		"Content-Security-Policy": contentSecurityPolicy(settings),
		"Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":
			"camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(), browsing-topics=()",
		"Referrer-Policy": "no-referrer",
		"X-Content-Type-Options": "nosniff",
		...(settings.publicOrigin?.startsWith("https:") === true
			? { "Strict-Transport-Security": "max-age=31536000" }
			: {}),
	};
}

function contentSecurityPolicy({ mode, publicOrigin }: HeaderSettings): string {
	// Hot replacement of modules compiles text; nothing that is shipped does.
	const isDevelopment = mode === "development";
	const directives = [
		"default-src 'none'",
		// The crypto worker compiles its module, which it knows by its hash.
		`script-src 'self' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval' 'unsafe-inline'" : ""}`,
		`style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ""}`,
		`connect-src 'self'${publicOrigin === undefined ? "" : ` ${publicOrigin.replace(/^http/, "ws")}`}`,
		// Pictures of messages are opened in the browser: blobs that its own worker made, of a few kinds that run nothing.
		"img-src 'self' blob:",
		"media-src 'self' blob:",
		"font-src 'self'",
		"manifest-src 'self'",
		"worker-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	];
	const trustedTypes = ["require-trusted-types-for 'script'", "trusted-types default nextjs nextjs#bundler"];
	return [...directives, ...(isDevelopment ? [] : trustedTypes)].join("; ");
}
