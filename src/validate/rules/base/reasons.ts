/** What happens with a fault that CloudFormation sees before it makes anything. */
export const TEMPLATE_REFUSED = 'CloudFormation refuses the template.';

/** What happens with a fault that only the service sees. */
export const RESOURCE_REFUSED = 'The service refuses the resource, and the stack rolls back.';
