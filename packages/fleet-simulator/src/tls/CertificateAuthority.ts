import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

/** A certificate with its private key, as PEM. */
export interface CertificateAndKey {
  certPem: string;
  keyPem: string;
}

/** Long enough for a demo that keeps its state folder for years. */
const VALID_YEARS = 10;

/** Signs the server certificates of simulated clusters. */
export class CertificateAuthority {
  private static shared: CertificateAuthority | undefined;
  private readonly issued = new Map<string, CertificateAndKey>();

  private constructor(private readonly own: CertificateAndKey) {}

  /** The authority of clusters that are not given another, one per process. */
  static ofProcess(): CertificateAuthority {
    this.shared ??= CertificateAuthority.create('fleet-simulator-ca');
    return this.shared;
  }

  /** A new authority with a key of its own. */
  static create(commonName: string): CertificateAuthority {
    const { privateKey, publicKey, keyPem } = newKeyPair();
    const certificate = newCertificate(publicKey, commonName);
    certificate.setIssuer([{ name: 'commonName', value: commonName }]);
    certificate.setExtensions([
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ]);
    certificate.sign(privateKey, forge.md.sha256.create());
    return new CertificateAuthority({
      certPem: forge.pki.certificateToPem(certificate),
      keyPem,
    });
  }

  /** An authority that was stored earlier. */
  static fromPem(pem: CertificateAndKey): CertificateAuthority {
    return new CertificateAuthority(pem);
  }

  /** What to trust, as PEM. */
  get certPem(): string {
    return this.own.certPem;
  }

  /** Everything to store to be this authority again. */
  toPem(): CertificateAndKey {
    return { ...this.own };
  }

  /** A certificate for servers on loopback; the same one for the same name. */
  issueServerCertificate(commonName: string): CertificateAndKey {
    const known = this.issued.get(commonName);
    if (known) return known;
    const certificate = this.newServerCertificate(commonName);
    this.issued.set(commonName, certificate);
    return certificate;
  }

  private newServerCertificate(commonName: string): CertificateAndKey {
    const issuer = forge.pki.certificateFromPem(this.own.certPem);
    const { publicKey, keyPem } = newKeyPair();
    const certificate = newCertificate(publicKey, commonName);
    certificate.setIssuer(issuer.subject.attributes);
    certificate.setExtensions([
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: 'kubernetes.default.svc' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ]);
    certificate.sign(
      forge.pki.privateKeyFromPem(this.own.keyPem),
      forge.md.sha256.create(),
    );
    return { certPem: forge.pki.certificateToPem(certificate), keyPem };
  }
}

function newKeyPair() {
  // Node makes the key: the pure JavaScript generator takes seconds.
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const key = forge.pki.privateKeyFromPem(privateKey);
  return {
    privateKey: key,
    publicKey: forge.pki.setRsaPublicKey(key.n, key.e),
    keyPem: privateKey,
  };
}

function newCertificate(publicKey: forge.pki.PublicKey, commonName: string) {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  // A small first byte keeps the number positive without padding.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  const { notBefore, notAfter } = certificate.validity;
  notBefore.setDate(notBefore.getDate() - 1);
  notAfter.setFullYear(notAfter.getFullYear() + VALID_YEARS);
  certificate.setSubject([{ name: 'commonName', value: commonName }]);
  return certificate;
}
