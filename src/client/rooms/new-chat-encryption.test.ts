import { afterEach, expect, it, vi } from "vitest";
import { isNewChatEncrypted } from "./new-chat-encryption.ts";

const kinds = ["direct", "group", "public", "space"] as const;

afterEach(() => vi.unstubAllGlobals());

it("encrypts what is private, a public room where it is wanted, and a community never", () => {
	vi.stubGlobal("isSecureContext", true);
	expect(kinds.map((kind) => isNewChatEncrypted(kind))).toEqual([true, true, false, false]);
	expect(kinds.map((kind) => isNewChatEncrypted(kind, true))).toEqual([true, true, true, false]);
});

it("encrypts nothing at an address without TLS, where the maker's own browser could not write", () => {
	vi.stubGlobal("isSecureContext", false);
	expect(kinds.map((kind) => isNewChatEncrypted(kind, true))).toEqual([false, false, false, false]);
});
