// The server that Azure's storages are tested against, held to Microsoft's SDKs.

import TestFiles
import TestServers
import Testing

@Suite struct AzureServerTests {
    @Test("The server is Azure's to Microsoft's own clients of Blob Storage, Data Lake Storage and Entra ID")
    func sdks() throws {
        let server = try AzureServer()
        let check = try Python.run(
            "azure_server_check.py",
            [
                "\(server.port)", "\(server.securePort)", server.authority, AzureServer.account,
                AzureServer.key, AzureServer.tenant, AzureServer.clientID, AzureServer.clientSecret,
            ])
        #expect(check.text == "ok\n", "\(check.errors)")
    }
}
