/** A version of a secret: its value, when it was written, and its labels. */
interface FakeVersion {
  readonly value: string;
  readonly created: number;
  readonly stages: Set<string>;
}

/** One secret of Secrets Manager, with its versions: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html */
export class FakeSecret {
  readonly versions = new Map<string, FakeVersion>();
  changed = Date.now();

  constructor(value: object) {
    this.put({ SecretString: JSON.stringify(value), ClientRequestToken: 'first'.padEnd(36, '0') });
  }

  /** The value under a label. */
  at(stage: string): { readonly bindDn: string; readonly password: string } | undefined {
    const id = this.#idAt(stage);
    return id === undefined ? undefined : JSON.parse(this.versions.get(id)!.value);
  }

  describe(): object {
    const stages = [...this.versions].map(([id, version]) => [id, [...version.stages]] as const);
    const labelled = stages.filter(([, has]) => has.length > 0);
    return { VersionIdsToStages: Object.fromEntries(labelled), LastChangedDate: this.changed / 1000 };
  }

  get({ VersionId, VersionStage = 'AWSCURRENT' }: { VersionId?: string; VersionStage?: string }): object {
    const version = this.versions.get(VersionId ?? this.#idAt(VersionStage) ?? '');
    if (!version) throw new Error('ResourceNotFoundException');
    return { SecretString: version.value, CreatedDate: version.created / 1000 };
  }

  put(asked: { SecretString: string; VersionStages?: readonly string[]; ClientRequestToken: string }): object {
    const { SecretString: value, VersionStages = ['AWSCURRENT'], ClientRequestToken: id } = asked;
    const same = this.versions.get(id);
    if (same && same.value !== value) throw new Error('ResourceExistsException');
    if (!same) this.versions.set(id, { value, created: Date.now(), stages: new Set() });
    for (const stage of VersionStages) this.#move(stage, id);
    return { VersionId: id };
  }

  moveLabel(asked: { VersionStage: string; MoveToVersionId?: string; RemoveFromVersionId?: string }): object {
    const at = this.#idAt(asked.VersionStage);
    if (at !== undefined && at !== asked.RemoveFromVersionId) throw new Error('InvalidParameterException');
    if (asked.VersionStage === 'AWSCURRENT' && at !== undefined) this.#move('AWSPREVIOUS', at);
    this.#move(asked.VersionStage, asked.MoveToVersionId);
    return {};
  }

  #idAt(stage: string): string | undefined {
    return [...this.versions].find(([, { stages }]) => stages.has(stage))?.[0];
  }

  #move(stage: string, to: string | undefined): void {
    for (const { stages } of this.versions.values()) stages.delete(stage);
    if (to !== undefined) this.versions.get(to)!.stages.add(stage);
    this.changed = Date.now();
  }
}
