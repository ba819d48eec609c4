import type { Page } from "@playwright/test";

/** Gives the page's browser an authenticator as a phone or laptop has one, whose person is always there. */
export async function addVirtualAuthenticator(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send("WebAuthn.enable", { enableUI: false });
	await session.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			...{ protocol: "ctap2", ctap2Version: "ctap2_1", hasPrf: true },
			transport: "internal",
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
}
